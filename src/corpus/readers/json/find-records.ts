/** Where the records of a JSON document are: in the document itself, in a list, or in a list within an object. */

export interface RecordPlace {
  /** Offset of the first record's brace. */
  readonly start: number;
  /** Objects and lists around it. */
  readonly depth: number;
  /** The member that it is told by. */
  readonly member: string;
}

/** Members that only a record has. */
const TELLING = new Set([
  "title",
  "Title",
  "abstract",
  "Abstract",
  "summary",
  "itemType",
  "display_name",
  "abstractNote",
]);
/** Members whose objects hold the title of the record that has them. */
const HOLDING = new Set(["content", "data"]);
/** Where objects of authors and concepts have names of their own. */
const NAME_ALONE = "display_name";
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gsy;
const BETWEEN = /[^"{}[\],:]*/y;
const MOST_DEPTH = 60;

interface Open {
  readonly start: number;
  readonly isObject: boolean;
  readonly members: string[];
  /** The member that is being read. */
  member: string | undefined;
}

/** The first record of the head of a document; undefined where there is none. Linear in the head. */
export function findRecords(head: string): RecordPlace | undefined {
  const open: Open[] = [];
  let at = 0;
  let last: string | undefined;
  while (at < head.length) {
    BETWEEN.lastIndex = at;
    BETWEEN.exec(head);
    TOKEN.lastIndex = BETWEEN.lastIndex;
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(head)?.[0];
    if (token === undefined) return undefined;
    at = start + token.length;
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      if (open.length > MOST_DEPTH) return undefined;
      const holder = token === "{" && inner?.isObject ? heldBy(inner, head, start) : undefined;
      if (holder !== undefined)
        return { start: holder.start, depth: open.length - 1, member: holder.member ?? "" };
      open.push({ start, isObject: token === "{", members: [], member: undefined });
    } else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && inner?.isObject && last !== undefined) {
      inner.member = last;
      inner.members.push(last);
      if (isTelling(last, inner)) return { start: inner.start, depth: open.length - 1, member: last };
    }
    last = token.startsWith('"') ? token.slice(1, -1) : undefined;
  }
  return undefined;
}

function isTelling(member: string, { members }: Open): boolean {
  if (!TELLING.has(member)) return false;
  return member !== NAME_ALONE || members.includes("doi") || members.includes("ids");
}

/** The object whose member `content` or `data` begins at `start`, where that holds the title and not a list of records. */
function heldBy(object: Open, head: string, start: number): Open | undefined {
  const { member, members } = object;
  if (member === undefined || !HOLDING.has(member) || members.length < 2) return undefined;
  const isZotero = member === "data" && members.includes("key") && members.includes("version");
  const isOpenReview =
    member === "content" && /^\{[^[]{0,4000}?"title"/s.test(head.slice(start, start + 4100));
  return isZotero || isOpenReview ? object : undefined;
}
