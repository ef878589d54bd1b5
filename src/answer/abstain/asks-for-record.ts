/** Whether a question asks for what stands in a paper's record and never in its abstract: who wrote it, when, where. */

const RECORD =
  /\bwho\s+(?:wrote|authored|co-?authored|published|cites?|cited)\b|\bwho\s+(?:is|are|was|were)\s+(?:the|its|their)?\s*(?:first\s+|last\s+|main\s+)?authors?\b|\b(?:when|where|which year|what year)\s+(?:was|were|did|is|has|have)\b.*\b(?:published|written|presented|released|appear(?:ed)?|come out)\b|\b(?:which|what)\s+(?:conference|journal|venue)\b|\bhow (?:many citations|often (?:is|was|has)\b.*\bcited)\b/i;

/** @param rest the question without the name of the paper */
export function asksForRecord(rest: string): boolean {
  return RECORD.test(rest);
}
