/** English words that point at something said elsewhere, and what tells whether that is said before them. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Names of the text itself: "in this paper" and "this survey" point at nothing before them. */
export const SELF = words(
  "paper work article note survey study review report letter thesis tutorial chapter manuscript",
);

/** They stand for one thing, or for several. */
export const FOR_ONE = words("it its itself");
export const FOR_SEVERAL = words("they their theirs them themselves");
/** They point with the noun behind them, "such" also with its "a". */
export const WITH_NOUN = words("this these those such");
/** "These days", "this time": no thing that was spoken of. */
export const TIMES = words("day days year years time times week decade century moment");
/** "It" stands for what follows behind these, "makes it possible to", and before these, "it remains to be seen". */
export const MAKING = words("make makes making made find finds finding found render renders keep keeps");
export const BEING = words("is was be been remains seems appears becomes turns takes");
/** What it then stands for begins with these. */
export const WHAT_FOLLOWS = words("that whether to how why what if which");
/** "Oblivious to that property": behind these "that" points. */
export const BEFORE_THAT = words("to of in for on with from by at about into over");
/** Behind "those" and "such" these say which are meant: "those of GPT-2", "such that". */
export const SAYS_WHICH = words(
  "of that who which whose in with from on for by to at as where without under not",
);

/** Verbs of saying, and other words that name nothing a pronoun could stand for. */
export const NAMES_NOTHING = words(
  `find finds found show shows showed shown demonstrate demonstrates demonstrated observe observed argue argues propose
  proposes proposed introduce introduces introduced present presents presented study studies studied investigate
  investigates address addresses addressed tackle call calls called term termed use uses using used consider analyze
  analyse examine explore evaluate test prove proves proved provide provides suggest suggests reveal reveals know known
  apply applied develop developed design designed extend describe discuss report reports hypothesize conclude believe
  hope aim solve overcome mitigate also first then finally specifically here importantly notably surprisingly
  interestingly empirically furthermore moreover additionally paper work article study`,
);

/**
 * Nouns, in the singular, that sum up what a clause has said: "…, and this effect grows". Of a concrete noun the thing
 * itself is needed.
 */
export const SUMMING_UP = words(
  `ability advantage approach aspect assumption attack behavior behaviour benchmark benefit bias capability case
  challenge change choice claim comparison component concept conclusion condition conjecture connection
  constraint correlation dataset decision deficit difference disadvantage discrepancy drawback difficulty direction domain effect estimate evidence
  fact factor failure feature finding framework function gain gap goal hypothesis idea improvement information
  insight intuition issue kind knowledge limit limitation mechanism method metric mode model modification
  observation operation outcome part pattern phenomenon principle problem procedure process property question
  regime relation relationship representation requirement result scenario scheme setting setup shift shortcoming
  signal situation skill solution stage step strategy structure system task technique tendency theory tool
  trade-off tradeoff trait transformation trend type variant view way`,
);

/** Where a clause ends and another begins. */
export const CLAUSE_ENDS = words(
  ", ; : ( — – -- and but while because since when if where whereas thereby hence thus so as although by",
);
/** Two things side by side, which "the latter" and "both" need. */
export const SIDE_BY_SIDE = words("and or versus vs than nor");
/** Plural without an s. */
export const IRREGULAR_PLURALS = words("people humans children data women men media criteria phenomena");
