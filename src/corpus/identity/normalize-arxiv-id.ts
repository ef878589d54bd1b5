const PREFIX =
  /^(?:(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html|format)\/|arxiv:\s*|10\.48550\/arxiv\.)/i;

/**
 * "arXiv:1608.03189v2", "https://arxiv.org/pdf/1608.03189.pdf", the DOI "10.48550/arXiv.1608.03189" → "1608.03189";
 * "arXiv:2101.00001v3 [cs.CL]" → "2101.00001"; "math.GT/0309136v1" → "math/0309136" (arXiv's own canonical form). Undefined when it is no arXiv id.
 * See https://info.arxiv.org/help/arxiv_identifier.html
 */
export function normalizeArxivId(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(PREFIX, "")
    .replace(/\s{0,9}\[[A-Za-z][\w.-]{1,30}\]$/, "")
    .replace(/[?#].*$/, "")
    .replace(/(?:\.pdf|\/)$/i, "")
    .replace(/v\d+$/i, "");
  if (/^\d{4}\.\d{4,5}$/.test(bare)) return bare;
  const old = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?\/(\d{7})$/i.exec(bare);
  return old === null ? undefined : `${old[1]?.toLowerCase()}/${old[2]}`;
}
