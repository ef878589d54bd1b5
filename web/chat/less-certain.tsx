import * as Tooltip from "@radix-ui/react-tooltip";
import { LESS_CERTAIN } from "../../src/protocol/wording.ts";

/** A quiet mark on an answer that may not be the whole one; it says why on hover, focus and to screen readers. */
export function LessCertain() {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          className="less-certain"
          aria-label={`${LESS_CERTAIN.label}: ${LESS_CERTAIN.why}`}
        >
          {LESS_CERTAIN.label}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>
          {LESS_CERTAIN.why}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
