/** UTF-16 code units: a refusal is a sentence or two, what is longer answers something. */
const LONGEST = 300;

/** What a model was given, as it calls it, and what denies: by language. Letters beyond ASCII have no `\b`. */
const LANGUAGES: readonly (readonly [given: RegExp, denial: RegExp])[] = [
  // German, Dutch
  [/quellen?|dokument|texte?n?\b|auszüge|abstracts?|kontext|artikel/iu, /\b(?:nichts?|kein\w*|weder)\b/iu],
  [/\bbronn?en|\bdocument|\bteksten?|\bcontext|\bartikel/iu, /\b(?:niets?|geen)\b/iu],
  // French, Spanish, Portuguese, Italian
  [
    /\b(?:sources?|documents?|articles?|textes?|extraits?|contexte)\b|résumé/iu,
    /\bne\b|\bn['’]|\baucun|\brien\b/iu,
  ],
  [
    /\b(?:fuentes?|documentos?|textos?|contexto|pasajes?)\b|artículo|resúmen/iu,
    /\b(?:no|nada|ning[uú]n\w*)\b/iu,
  ],
  [/\b(?:fontes?|documentos?|artigos?|textos?|contexto|resumos?)\b/iu, /não|\bnada\b|\bnenhum/iu],
  [
    /\b(?:font[ei]|document[oi]|articol[oi]|test[oi]|contesto)\b/iu,
    /\b(?:non|null[ao]|niente|nessun\w*)\b/iu,
  ],
  // Russian, Chinese, Japanese, Korean
  [/источник|документ|стать|текст|контекст/iu, /(?<!\p{L})(?:не|нет|ни|ничего)(?!\p{L})/iu],
  [/来源|來源|文献|文獻|论文|論文|资料|資料|文档|材料|上下文|摘要/u, /没有|沒有|未|无法|無法|并不|並不/u],
  [/資料|文献|論文|情報源|ソース|文書|文脈|要旨/u, /ない|ません|なし/u],
  [/출처|자료|문서|논문|문맥|초록/u, /없|않|못/u],
];

/**
 * Whether a text without any note says in another language than English that the sources do not say: it is short,
 * speaks of the sources, and denies. Of a text with notes this would be too little: "the sources show that X does not".
 */
export function saysNothingElsewhere(text: string): boolean {
  if (text.length > LONGEST) return false;
  return LANGUAGES.some(([given, denial]) => given.test(text) && denial.test(text));
}
