import { MESSAGE_LIMITS, type MessageTemplate } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './composer.module.css';
import { personMessagesQuery } from './queries.ts';
import { words } from './words.ts';

interface TemplatesProps {
  templates: readonly MessageTemplate[];
  written: { readonly subject: string; readonly body: string };
  personId: string | null;
  use(template: MessageTemplate): void;
}

/** Takes a template over, or keeps what is written as one. */
export function Templates({ templates, written, personId, use }: TemplatesProps) {
  const id = useId();
  const queryClient = useQueryClient();
  const [isNaming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async () => {
    try {
      await request('/app/api/message-templates', { method: 'POST', body: { ...written, name, isShared } });
      if (personId !== null) void queryClient.invalidateQueries(personMessagesQuery(personId));
      announce(words.templateSaved);
      setNaming(false);
      setName('');
      setProblem(null);
    } catch (error) {
      setProblem(
        error instanceof RequestFailure && error.status > 0 ? error.message : messages.states.offline,
      );
    }
  };

  return (
    <div className={css.templates}>
      {templates.length > 0 && (
        <div className={field.field}>
          <label className={field.label} htmlFor={`${id}-template`}>
            {words.template}
          </label>
          <select
            id={`${id}-template`}
            className={`${field.input} ${css.select}`}
            value=""
            onChange={(event) => {
              const chosen = templates.find((template) => String(template.no) === event.target.value);
              if (chosen) use(chosen);
            }}
          >
            <option value="">{words.noTemplate}</option>
            {templates.map((template) => (
              <option key={template.no} value={template.no}>
                {template.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {!isNaming && written.body.trim() !== '' && (
        <button type="button" className={button.text} onClick={() => setNaming(true)}>
          {words.saveTemplate}
        </button>
      )}
      {isNaming && (
        <fieldset className={css.naming}>
          <legend className="visually-hidden">{words.saveTemplate}</legend>
          <input
            className={field.input}
            aria-label={words.templateName}
            placeholder={words.templateName}
            maxLength={MESSAGE_LIMITS.templateName}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              void save();
            }}
          />
          <label className={css.check}>
            <input type="checkbox" checked={isShared} onChange={(event) => setShared(event.target.checked)} />
            {words.share}
          </label>
          <button type="button" className={button.button} onClick={() => void save()}>
            {words.save}
          </button>
          {problem && (
            <p className={css.problem} role="alert">
              {problem}
            </p>
          )}
        </fieldset>
      )}
    </div>
  );
}
