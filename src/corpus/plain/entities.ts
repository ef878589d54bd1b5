/** Entities of XML, HTML and MathML that papers' texts hold: Latin letters, Greek, signs. */
const NAMED: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "amp:& lt:< gt:> quot:\" apos:' nbsp:\u00a0 iexcl:¡ cent:¢ pound:£ curren:¤ yen:¥ brvbar:¦ sect:§ uml:¨ copy:© ordf:ª " +
    "laquo:« not:¬ reg:® macr:¯ deg:° plusmn:± sup2:² sup3:³ acute:´ micro:µ para:¶ middot:· cedil:¸ sup1:¹ ordm:º " +
    "raquo:» frac14:¼ frac12:½ frac34:¾ iquest:¿ Agrave:À Aacute:Á Acirc:Â Atilde:Ã Auml:Ä Aring:Å AElig:Æ Ccedil:Ç " +
    "Egrave:È Eacute:É Ecirc:Ê Euml:Ë Igrave:Ì Iacute:Í Icirc:Î Iuml:Ï ETH:Ð Ntilde:Ñ Ograve:Ò Oacute:Ó Ocirc:Ô " +
    "Otilde:Õ Ouml:Ö times:× Oslash:Ø Ugrave:Ù Uacute:Ú Ucirc:Û Uuml:Ü Yacute:Ý THORN:Þ szlig:ß agrave:à aacute:á " +
    "acirc:â atilde:ã auml:ä aring:å aelig:æ ccedil:ç egrave:è eacute:é ecirc:ê euml:ë igrave:ì iacute:í icirc:î " +
    "iuml:ï eth:ð ntilde:ñ ograve:ò oacute:ó ocirc:ô otilde:õ ouml:ö divide:÷ oslash:ø ugrave:ù uacute:ú ucirc:û " +
    "uuml:ü yacute:ý thorn:þ yuml:ÿ OElig:Œ oelig:œ Scaron:Š scaron:š Zcaron:Ž zcaron:ž Ccaron:Č ccaron:č Rcaron:Ř " +
    "rcaron:ř Ecaron:Ě ecaron:ě Ncaron:Ň ncaron:ň Cacute:Ć cacute:ć Nacute:Ń nacute:ń Sacute:Ś sacute:ś Zacute:Ź " +
    "zacute:ź Lstrok:Ł lstrok:ł Eogon:Ę eogon:ę Aogon:Ą aogon:ą Zdot:Ż zdot:ż Odblac:Ő odblac:ő Udblac:Ű udblac:ű " +
    "Abreve:Ă abreve:ă Gbreve:Ğ gbreve:ğ Scedil:Ş scedil:ş Amacr:Ā amacr:ā Omacr:Ō omacr:ō Umacr:Ū umacr:ū inodot:ı " +
    "Yuml:Ÿ fnof:ƒ circ:ˆ tilde:˜ Alpha:Α Beta:Β Gamma:Γ Delta:Δ Epsilon:Ε Zeta:Ζ Eta:Η Theta:Θ Iota:Ι Kappa:Κ " +
    "Lambda:Λ Mu:Μ Nu:Ν Xi:Ξ Omicron:Ο Pi:Π Rho:Ρ Sigma:Σ Tau:Τ Upsilon:Υ Phi:Φ Chi:Χ Psi:Ψ Omega:Ω alpha:α beta:β " +
    "gamma:γ delta:δ epsilon:ε epsi:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ omicron:ο pi:π rho:ρ " +
    "sigmaf:ς sigma:σ tau:τ upsilon:υ upsi:υ phi:φ chi:χ psi:ψ omega:ω thetasym:ϑ upsih:ϒ piv:ϖ ensp:\u2002 emsp:\u2003 " +
    "thinsp:\u2009 zwnj:\u200c zwj:\u200d shy:\u00ad hyphen:‐ dash:‐ ndash:– mdash:— horbar:― lsquo:‘ rsquo:’ sbquo:‚ ldquo:“ " +
    "rdquo:” bdquo:„ dagger:† Dagger:‡ bull:• hellip:… permil:‰ prime:′ Prime:″ lsaquo:‹ rsaquo:› oline:‾ frasl:⁄ " +
    "euro:€ image:ℑ weierp:℘ real:ℜ trade:™ alefsym:ℵ larr:← uarr:↑ rarr:→ darr:↓ harr:↔ lArr:⇐ rArr:⇒ hArr:⇔ forall:∀ " +
    "part:∂ exist:∃ empty:∅ nabla:∇ isin:∈ notin:∉ ni:∋ prod:∏ sum:∑ minus:− lowast:∗ radic:√ prop:∝ infin:∞ ang:∠ " +
    "and:∧ or:∨ cap:∩ cup:∪ int:∫ there4:∴ sim:∼ cong:≅ asymp:≈ ap:≈ ne:≠ equiv:≡ le:≤ leq:≤ ge:≥ geq:≥ sub:⊂ sup:⊃ " +
    "nsub:⊄ sube:⊆ supe:⊇ oplus:⊕ otimes:⊗ perp:⊥ sdot:⋅ lang:⟨ rang:⟩ ell:ℓ hbar:ℏ planck:ℏ lsquor:‚ percnt:% num:# " +
    "dollar:$ lowbar:_ lpar:( rpar:) lsqb:[ rsqb:] lbrace:{ rbrace:} verbar:| sol:/ bsol:\\ plus:+ equals:= commat:@ " +
    "ast:* comma:, period:. colon:: semi:; excl:! quest:? grave:` hat:^ Hat:^ les:⩽ ges:⩾ Aogonek:Ą"
  )
    .split(" ")
    .map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]),
);
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\dA-Fa-f]{1,6})|([A-Za-z][A-Za-z\d]{1,20}));/g;
const LAST_CHARACTER = 0x10ffff;
/** What Windows wrote where HTML has no character. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** `&amp;`, `&#960;`, `&#x3c0;`, `&eacute;` as the characters they stand for, once; a name that is not known stays. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? all) : all;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    if (code >= 0x80 && code <= 0x9f) return WINDOWS.charAt(code - 0x80);
    return code > 0 && code <= LAST_CHARACTER ? String.fromCodePoint(code) : "\uFFFD";
  });
}
