import { useState } from 'react';
import button from '../elements/button.module.css';
import { announce } from '../shell/announcer.tsx';
import { words } from './words.ts';

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
    announce(words.copied);
  };
  return (
    <button type="button" className={button.text} aria-label={words.copyOf(what)} onClick={() => void copy()}>
      {isCopied ? words.copied : words.copy}
    </button>
  );
}
