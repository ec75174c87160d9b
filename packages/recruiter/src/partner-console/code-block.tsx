import admin from '../admin/admin-page.module.css';
import { CopyButton } from './copy-button.tsx';
import css from './partner-page.module.css';

/** Text for a program, to read and to copy. */
export function CodeBlock({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <div className={css.blockHead}>
        <h3 className={admin.name}>{title}</h3>
        <CopyButton text={text} what={title} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it */}
      <section className={css.block} aria-label={title} tabIndex={0}>
        <pre className={css.code}>{text}</pre>
      </section>
    </div>
  );
}
