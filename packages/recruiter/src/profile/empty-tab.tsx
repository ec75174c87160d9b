import css from './ats-history.module.css';

/** A tab that holds nothing yet, and what would. */
export function EmptyTab({ title, hint }: { title: string; hint: string }) {
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>{title}</h2>
      <p className={css.muted}>{hint}</p>
    </div>
  );
}
