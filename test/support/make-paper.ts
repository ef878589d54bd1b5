import {
  identityKeys,
  idOfKey,
  type PaperRecord,
  type StoredPaper,
  toPaper,
} from "../../src/corpus/paper.ts";

/** A stored paper of this record, with ids as the corpus gives them. */
export function makePaper(record: PaperRecord, source = "test.jsonl"): StoredPaper {
  const keys = identityKeys(record);
  return { paper: toPaper(record, idOfKey(keys[0] ?? ""), source), keys, origins: [`seeds:${source}`] };
}
