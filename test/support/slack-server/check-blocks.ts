/** Slack's limits of blocks, as its reference of Block Kit has them. Gives what Slack would answer, if it refused. */
export function checkBlocks(blocks: readonly Record<string, unknown>[]): string | undefined {
  if (blocks.length > 50) return "invalid_blocks";
  const markdown = blocks.filter(({ type }) => type === "markdown").map(({ text }) => String(text));
  if (markdown.join("").length > 12_000 || markdown.some((text) => text.trim() === ""))
    return "invalid_blocks";
  return blocks.every(isRight) ? undefined : "invalid_blocks";
}

const isText = (value: unknown, most: number): boolean => {
  const { type, text } = (value ?? {}) as { type?: string; text?: string };
  const known = type === "mrkdwn" || type === "plain_text";
  return known && typeof text === "string" && text.length > 0 && text.length <= most;
};

function isRight(block: Record<string, unknown>): boolean {
  const elements = (block.elements ?? []) as Record<string, unknown>[];
  switch (block.type) {
    case "markdown":
      return true;
    case "section":
      return isText(block.text, 3000);
    case "context":
      return elements.length > 0 && elements.length <= 10 && elements.every((one) => isText(one, 3000));
    case "actions":
      return elements.length > 0 && elements.length <= 25 && elements.every(isButton);
    case "context_actions":
      return elements.length > 0 && elements.length <= 5 && elements.every(isFeedback);
    default:
      return false;
  }
}

function isButton({ type, text, action_id, value, url }: Record<string, unknown>): boolean {
  const short = String(value ?? "").length <= 2000 && String(url ?? "").length <= 3000;
  const isName = typeof action_id === "string" && action_id.length <= 255;
  return type === "button" && isText(text, 75) && isName && short;
}

function isFeedback({ type, positive_button, negative_button, action_id }: Record<string, unknown>): boolean {
  const right = (button: unknown) => {
    const { text, value } = (button ?? {}) as { text?: unknown; value?: unknown };
    return isText(text, 75) && typeof value === "string" && value.length <= 2000;
  };
  return (
    type === "feedback_buttons" &&
    typeof action_id === "string" &&
    right(positive_button) &&
    right(negative_button)
  );
}
