/** LaTeX in the words of records: what plain text says instead, and which commands do no harm. */
import { latexLetters } from "../corpus/plain/latex-letters.ts";
import { latexSegments } from "../corpus/plain/latex-segments.ts";

/**
 * Text for the formats that know no LaTeX (RIS, CSL-JSON, plain): escapes, accents and ``quotes'' become the
 * characters they stand for; math and unknown commands stay, since nothing plain says the same.
 */
export function plainText(text: string): string {
  return latexSegments(latexLetters(text.replace(/\s+/g, " ").trim()))
    .map(({ kind, text: piece }) => {
      if (kind === "command") return /^\\[^A-Za-z]$/u.test(piece) ? piece.slice(1) : piece;
      return kind === "math" ? piece : plainPunctuation(piece);
    })
    .join("")
    .trim();
}

function plainPunctuation(text: string): string {
  return text
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<=\S)~(?=\S)/g, " ");
}

/** Single signs after a backslash: accents, escapes, spaces, the ends of inline math. */
const SIGNS = new Set("'`\"^~=.%&#_{$},;:!/-|() \\");

const ACCENT_COMMANDS = "b c d H k r t u v i j ss o O l L ae AE oe OE aa AA dh DH dj DJ ng NG th TH";
const TEXT_COMMANDS =
  "emph textit textbf texttt textsc textsf textrm textsl textup textmd textnormal text mbox underline it bf em rm tt sc sf sl " +
  "textsuperscript textsubscript ensuremath LaTeX TeX ldots dots S P dag ddag copyright pounds textbackslash textasciicircum " +
  "textasciitilde textbraceleft textbraceright textendash textemdash textquoteleft textquoteright textquotedblleft " +
  "textquotedblright textregistered texttrademark textdegree textmu textbullet textellipsis textgreater textless textbar " +
  "textunderscore textdollar textquotesingle textasciigrave guillemotleft guillemotright";
const GREEK =
  "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi rho " +
  "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
const FONTS = "mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol bm operatorname";
const OVER_AND_UNDER =
  "hat widehat tilde widetilde bar overline vec dot ddot breve check acute grave mathring overrightarrow overleftarrow " +
  "overbrace underbrace overset underset stackrel frac dfrac tfrac binom sqrt not limits nolimits displaystyle textstyle " +
  "scriptstyle";
const FUNCTIONS =
  "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr " +
  "sec sin sinh sup tan tanh bmod pmod mod";
const OPERATORS =
  "sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigvee bigwedge bigodot bigoplus bigotimes biguplus pm mp " +
  "times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge lor land setminus wr diamond triangle " +
  "bigtriangleup bigtriangledown triangleleft triangleright oplus ominus otimes oslash odot amalg ltimes rtimes dagger " +
  "ddagger";
const RELATIONS =
  "le leq ge geq ne neq equiv prec succ preceq succeq ll gg subset supset subseteq supseteq subsetneq supsetneq in ni " +
  "notin vdash dashv models sim simeq approx approxeq asymp cong doteq propto perp parallel mid nmid lesssim gtrsim " +
  "lessgtr leqslant geqslant smile frown bowtie";
const ARROWS =
  "to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow updownarrow " +
  "Uparrow Downarrow mapsto longmapsto longleftarrow longrightarrow Longleftarrow Longrightarrow hookleftarrow " +
  "hookrightarrow nearrow searrow swarrow nwarrow iff implies rightharpoonup rightleftharpoons leadsto rightsquigarrow " +
  "twoheadrightarrow";
const OTHER_MATH =
  "infty nabla partial forall exists nexists neg lnot emptyset varnothing Re Im aleph hbar hslash ell wp imath jmath " +
  "prime angle top bot cdots vdots ddots colon backslash square Box blacksquare sharp flat natural clubsuit diamondsuit " +
  "heartsuit spadesuit left right big Big bigg Bigg bigl bigr Bigl Bigr langle rangle lfloor rfloor lceil rceil lvert " +
  "rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack quad qquad thinspace";

const NAMES = new Set(
  [
    ACCENT_COMMANDS,
    TEXT_COMMANDS,
    GREEK,
    FONTS,
    OVER_AND_UNDER,
    FUNCTIONS,
    OPERATORS,
    RELATIONS,
    ARROWS,
    OTHER_MATH,
  ]
    .join(" ")
    .split(" "),
);

/**
 * Whether `command` ("\alpha", "\'") only sets its argument or a sign. Any other may read a file or run a program when
 * the reader compiles: a title comes from the writer of the record.
 */
export function isHarmlessLatex(command: string): boolean {
  const name = command.slice(1);
  return SIGNS.has(name) || NAMES.has(name);
}
