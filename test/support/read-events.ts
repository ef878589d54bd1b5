import { AnswerFrame } from "../../src/protocol.ts";

/** The frames of a server-sent event stream, each checked: its `event` is the type, its `id` the seq. */
export async function* readEvents(response: Response): AsyncGenerator<AnswerFrame> {
  if (response.body === null) return;
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      if (!block.startsWith(":")) yield toFrame(block);
    }
  }
  if (text !== "") throw new Error(`cut in the middle of an event: ${text}`);
}

function toFrame(block: string): AnswerFrame {
  const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s, 2)));
  const frame = AnswerFrame.parse(JSON.parse(fields.data));
  if (fields.event !== frame.type || fields.id !== String(frame.seq))
    throw new Error(`not the same: ${block}`);
  return frame;
}
