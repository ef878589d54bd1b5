/** The figures of the contract, apart from its schemas: a web page that needs a figure does not load zod for it. */

export const PROTOCOL_VERSION = 1;
/** Characters. */
export const MAX_QUESTION_LENGTH = 4000;
/** Characters. */
export const MAX_COMMENT_LENGTH = 4000;
/** Characters of a sentence that is looked for. */
export const MAX_FIND_LENGTH = 1000;
/** Characters of a conversation's title that a user gives. */
export const MAX_TITLE_LENGTH = 200;
/** Items of any list in one answer. */
export const MAX_LIMIT = 100;
/** Paper ids in one scope. */
export const MAX_SCOPE_PAPERS = 500;
/** Characters of pasted references: as many as fit into a body with their escapes. */
export const MAX_PASTED_LENGTH = 20_000;
/** Files of one addition. */
export const MAX_ADDED_FILES = 2000;
/** Characters of the name of a file that is added, with its folders. */
export const MAX_FILE_NAME_LENGTH = 300;
/** Names of what holds no papers, wherever it lies in a folder. A file that is named outright is read whatever it is called. */
export const NOT_PAPERS =
  /^[.~]|^(?:readme|licen[cs]e|changelog|contributing|code_of_conduct)(?:\.|$)|^(?:thumbs\.db|desktop\.ini)$/i;
/** Bytes of one WebSocket frame. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** As the parent of a question: none, so that the question begins its conversation again beside the first. */
export const ROOT = "root";
/** Codes that the server closes a connection with, beside those of RFC 6455 (1001 going away, 1009 too large). */
export const CloseCode = {
  /** The first frame was no hello with a key that is right, or none came. Connecting again needs another key. */
  unauthorized: 4401,
  /** The client took no bytes for too long. Connect again and resume. */
  tooSlow: 4408,
} as const;

/** Letters of a paper's body in one response. */
export const MAX_BODY_SPAN = 20_000;
