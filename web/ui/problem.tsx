import type { Problem as What } from "../state/problem.ts";

/** What went wrong, in plain words, and the way out. */
export function Problem({ problem, onRetry }: { readonly problem: What; readonly onRetry?: () => void }) {
  return (
    <div className="problem" role="alert">
      <p>{problem.message}</p>
      {problem.retryable && onRetry !== undefined ? (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
