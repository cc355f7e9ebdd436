/** The questions that a review has to answer, each with its rows or an honest "not known because …". */
import type { Figure, ReviewQuestion } from "@/lib/contract/noise-report";

export function QuestionList({
  questions,
  onOpen,
}: {
  questions: readonly ReviewQuestion[];
  onOpen: (figure: Figure, title: string, group: string) => void;
}) {
  return (
    <div className="grid gap-x-8 lg:grid-cols-2">
      {questions.map(({ id, question, answer, known, rows }) => (
        <section key={id} className="border-t border-line py-3" aria-label={question}>
          <h3 className="font-strong">{question}</h3>
          <p className={known ? "" : "text-muted"}>
            {!known && <span aria-hidden="true">○ </span>}
            {answer}
          </p>
          {rows.length > 0 && (
            <ul className="mt-1 text-small">
              {rows.map(({ label, value, figure, group }) => (
                <li key={`${label} ${group}`} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
                  {figure === null ? (
                    <span className="min-w-0 truncate">{label}</span>
                  ) : (
                    <button
                      type="button"
                      className="min-w-0 truncate text-left text-accent hover:underline"
                      onClick={() => {
                        onOpen(figure, label, group);
                      }}
                    >
                      {label}
                    </button>
                  )}
                  <span className="shrink-0 text-muted">{value}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
