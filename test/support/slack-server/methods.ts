/** The methods of the Web API that the bot may call, as strict about their arguments as Slack is. */
import { checkBlocks } from "./check-blocks.ts";
import type { SlackMessage, SlackMessages } from "./slack-messages.ts";

export type Arguments = Readonly<Record<string, string | undefined>>;
export type Result = Readonly<Record<string, unknown>>;

export interface World {
  readonly messages: SlackMessages;
  readonly url: string;
  readonly team: string;
  readonly botUserId: string;
  readonly botId: string;
  /** Channels that the bot is in; direct messages always are. */
  readonly joined: ReadonlySet<string>;
  /** Milliseconds after which Slack closes a stream by itself. */
  readonly streamMs: number;
  readonly statuses: Arguments[];
  readonly prompts: Arguments[];
  /** By file id. */
  readonly files: Map<string, { name: string; content: string; sharedIn?: string }>;
}

export interface Method {
  /** Any of them is enough; none: any token. */
  readonly scopes: readonly string[];
  readonly needs: readonly string[];
  run(given: Arguments, world: World): Result | string;
}

/** Bytes that a stream takes in sum, and characters that one call takes. */
const STREAM_BYTES = 10_000;
const CALL_CHARACTERS = 12_000;

const method = (
  scopes: readonly string[],
  needs: readonly string[],
  run: (given: Arguments, world: World) => Result | string,
): Method => ({ scopes, needs, run });

const place = ({ channel = "" }: Arguments, { joined }: World): string | undefined => {
  if (!/^[CDG]/.test(channel)) return "channel_not_found";
  return channel.startsWith("D") || joined.has(channel) ? undefined : "not_in_channel";
};

const parse = (json: string | undefined) =>
  JSON.parse(json ?? "[]") as (Record<string, unknown> & { type: string })[];

/** Text and chunks of a stream's call; a number of characters too many is refused. */
function streamed({ markdown_text = "", chunks }: Arguments): string | { refused: string } {
  const list = parse(chunks);
  if (list.some(({ type }) => type !== "markdown_text")) return { refused: "invalid_chunks" };
  const text = markdown_text + list.map(({ text }) => String(text)).join("");
  return text.length > CALL_CHARACTERS ? { refused: "msg_too_long" } : text;
}

/** Takes text into a stream, or says why not. */
function extend(message: SlackMessage, given: Arguments, called: string, world: World): string | undefined {
  const since = message.streamingSince;
  if (since === undefined) return "message_not_in_streaming_state";
  if (performance.now() - since > world.streamMs) {
    message.streamingSince = undefined;
    return "message_not_in_streaming_state";
  }
  const text = streamed(given);
  if (typeof text !== "string") return text.refused;
  if (Buffer.byteLength(message.text + text) > STREAM_BYTES) return "msg_too_long";
  message.text += text;
  message.writes.push({ method: called, at: performance.now() });
  return undefined;
}

function written(given: Arguments): Pick<SlackMessage, "text" | "notice" | "blocks"> | { refused: string } {
  if (given.markdown_text !== undefined && (given.text ?? given.blocks) !== undefined) {
    return { refused: "markdown_text_conflict" };
  }
  const blocks = parse(given.blocks);
  const refused = checkBlocks(blocks);
  if (refused !== undefined) return { refused };
  if ((given.text ?? "").length > 40_000) return { refused: "msg_too_long" };
  const isMarkdown = (block: { type: string }) => block.type === "markdown";
  const markdown = blocks.filter(isMarkdown).map(({ text }) => String(text));
  const text = given.markdown_text ?? (blocks.length === 0 ? (given.text ?? "") : markdown.join(""));
  if (text === "" && blocks.length === 0) return { refused: "no_text" };
  return { text, notice: given.text ?? "", blocks: blocks.filter((block) => !isMarkdown(block)) };
}

function startStream(given: Arguments, world: World): Result | string {
  const { channel = "", thread_ts, recipient_team_id, recipient_user_id } = given;
  const refused = place(given, world);
  if (refused !== undefined) return refused;
  if (!channel.startsWith("D")) {
    if (recipient_user_id === undefined) return "missing_recipient_user_id";
    if (recipient_team_id === undefined) return "missing_recipient_team_id";
  }
  const text = streamed(given);
  if (typeof text !== "string") return text.refused;
  const message = { channel, threadTs: thread_ts, text, notice: "", blocks: [], onlyFor: undefined };
  const { ts } = world.messages.add({ ...message, streamingSince: performance.now() }, "chat.startStream");
  return { channel, ts };
}

function appendStream(given: Arguments, world: World): Result | string {
  const { channel = "", ts = "" } = given;
  const message = world.messages.find(channel, ts);
  if (message === undefined) return "message_not_found";
  if (streamed(given) === "") return "no_text";
  return extend(message, given, "chat.appendStream", world) ?? { channel, ts };
}

function stopStream(given: Arguments, world: World): Result | string {
  const { channel = "", ts = "" } = given;
  const message = world.messages.find(channel, ts);
  if (message === undefined) return "message_not_found";
  const blocks = parse(given.blocks);
  const refused = checkBlocks(blocks) ?? extend(message, given, "chat.stopStream", world);
  if (refused !== undefined) return refused;
  message.blocks = blocks;
  message.streamingSince = undefined;
  return { channel, ts };
}

function postMessage(given: Arguments, world: World): Result | string {
  const { channel = "", thread_ts } = given;
  const refused = place(given, world);
  if (refused !== undefined) return refused;
  const content = written(given);
  if ("refused" in content) return content.refused;
  const message = { channel, threadTs: thread_ts, streamingSince: undefined, onlyFor: undefined };
  return { channel, ts: world.messages.add({ ...content, ...message }, "chat.postMessage").ts };
}

function postEphemeral(given: Arguments, world: World): Result | string {
  const { channel = "", thread_ts, user } = given;
  const refused = place(given, world);
  if (refused !== undefined) return refused;
  const content = written(given);
  if ("refused" in content) return content.refused;
  // "Ephemeral messages in threads are only shown if there is already an active thread."
  if (thread_ts !== undefined && !world.messages.hasReplies(channel, thread_ts)) {
    return { message_ts: world.messages.newTs() };
  }
  const message = { channel, threadTs: thread_ts, streamingSince: undefined, onlyFor: user };
  return { message_ts: world.messages.add({ ...content, ...message }, "chat.postEphemeral").ts };
}

function update(given: Arguments, world: World): Result | string {
  const { channel = "", ts = "" } = given;
  const message = world.messages.find(channel, ts);
  if (message === undefined) return "message_not_found";
  if (message.streamingSince !== undefined) return "streaming_state_conflict";
  const content = written(given);
  if ("refused" in content) return content.refused;
  Object.assign(message, content);
  message.writes.push({ method: "chat.update", at: performance.now() });
  return { channel, ts };
}

function remove({ channel = "", ts = "" }: Arguments, { messages }: World): Result | string {
  const message = messages.find(channel, ts);
  if (message === undefined) return "message_not_found";
  messages.remove(message);
  return { channel, ts };
}

function completeUpload(given: Arguments, world: World): Result | string {
  for (const { id } of parse(given.files)) {
    const file = world.files.get(String(id));
    if (file === undefined) return "file_not_found";
    file.sharedIn = `${given.channel_id}:${given.thread_ts}`;
  }
  return { files: parse(given.files) };
}

export const METHODS: Readonly<Record<string, Method>> = {
  "auth.test": method([], [], (_, { team, botId, botUserId }) => ({
    team_id: team,
    bot_id: botId,
    user_id: botUserId,
  })),
  "assistant.threads.setStatus": method(
    ["chat:write", "assistant:write"],
    ["channel_id", "thread_ts", "status"],
    (given, { statuses }) => {
      statuses.push(given);
      return {};
    },
  ),
  "assistant.threads.setSuggestedPrompts": method(
    ["assistant:write"],
    ["channel_id", "prompts"],
    (given, { prompts }) => {
      const list = parse(given.prompts);
      if (list.length > 4 || list.some(({ title, message }) => !title || !message))
        return "invalid_arguments";
      // In the agent view a thread makes the call fail without a word.
      if (given.thread_ts === undefined) prompts.push(given);
      return {};
    },
  ),
  "chat.startStream": method(["chat:write"], ["channel", "thread_ts"], startStream),
  "chat.appendStream": method(["chat:write"], ["channel", "ts"], appendStream),
  "chat.stopStream": method(["chat:write"], ["channel", "ts"], stopStream),
  "chat.postMessage": method(["chat:write"], ["channel"], postMessage),
  "chat.postEphemeral": method(["chat:write"], ["channel", "user"], postEphemeral),
  "chat.update": method(["chat:write"], ["channel", "ts"], update),
  "chat.delete": method(["chat:write"], ["channel", "ts"], remove),
  "files.getUploadURLExternal": method(
    ["files:write"],
    ["filename", "length"],
    ({ filename = "" }, world) => {
      const id = `F${world.files.size + 1}`;
      world.files.set(id, { name: filename, content: "" });
      return { upload_url: `${world.url}/upload/${id}`, file_id: id };
    },
  ),
  "files.completeUploadExternal": method(["files:write"], ["files"], completeUpload),
};
