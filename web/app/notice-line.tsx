import { notice } from "../state/notice.ts";
import { useStore } from "../state/store.ts";

/** The short message at the foot of the page. */
export function NoticeLine() {
  const current = useStore(notice);
  return (
    <div className="notice" role="status" data-shown={current !== undefined || undefined}>
      {current === undefined ? null : (
        <>
          <span>{current.text}</span>
          {current.action === undefined ? null : (
            <button
              type="button"
              onClick={() => {
                notice.set(undefined);
                current.action?.run();
              }}
            >
              {current.action.label}
            </button>
          )}
        </>
      )}
    </div>
  );
}
