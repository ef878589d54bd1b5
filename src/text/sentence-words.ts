/** Words that decide whether a full stop ends a sentence. Lower case unless said otherwise, without the last stop. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Always in the middle of a sentence, whatever follows. */
export const NEVER_FINAL = words(`
  e.g eg i.e ie cf vs viz resp approx ca w.r.t wrt a.k.a aka s.t c.f et incl esp
`);

/** Titles in front of a name, as they are written: "ms" and "st" in lower case are units and ordinals. */
export const TITLES = words("Dr Drs Prof Profs Mr Mrs Messrs St Ste Mt Lt Capt Gen Sen Rep");

/** Stand in front of a number or a label ("Fig. 3", "Eq. (2)", "Sec. IV"); in front of anything else they may end. */
export const NUMBERED = words(`
  fig figs eq eqs eqn eqns sec secs sect sects ref refs tab tabs no nos nr vol vols chap chaps thm thms lem prop
  props cor def defs rem alg algs app appx pp ex exs
`);

/** May end a sentence or not ("by Smith et al. We …", "et al. (2016)", journals, initials): the next word decides. */
export const SOMETIMES_FINAL = words(`
  al inc ltd corp jr sr co bros dept univ phys rev math lett chem comput appl numer amer sci proc trans ann acad
  soc stat comm commun mod am ser int intl conf symp nat natl nucl astron astrophys geom mech eng assoc bull med biol
  opt mater environ ed eds spp sp var subsp dim max min avg std dev
  anal calc funct topol categ ch yu ya th ph zh sh kh
`);

/**
 * Words, as written, that open a sentence far more often than they are a name or a term: the frequent words after
 * a full stop in 60,000 arXiv abstracts, without nouns and names. After "J." or "etc." only these start again.
 */
export const STARTERS = words(`
  A Above Accordingly Additionally Adopting After Again All Along Also Alternatively Although Among An Analogously And
  Another Any Apart Applying Around As Aside Assume Assuming At Based Because Before Being Below Beside Besides Between
  Beyond Both Building But By Can Combined Combining Compared Comparing Concerning Consequently Consider Considering
  Contrary Conversely Crucially Current Currently Depending Despite Different Do Does Drawing Due During Each Earlier
  Either Empirically Employing Especially Even Eventually Every Existing Experimental Experimentally Experiments
  Exploiting Extending Extensive Few Final Finally First Firstly Focusing Following For Fortunately From Further
  Furthermore Generally Given Having Hence Here Herein Hereby How However If Importantly In Including Indeed Initially
  Inspired Instead Interestingly Intuitively Is It Its Just Lastly Later Lately Let Leveraging Like Likewise Making Many
  Meanwhile More Moreover Most Motivated Much Namely Neither Nevertheless Next No Nonetheless Nor Not Notably Note
  Nowadays Numerical Numerically Numerous Of Often On Once One Only Or Other Otherwise Our Over Overall Owing
  Particularly Perhaps Precisely Preliminary Previous Previously Prior Quite Rather Recall Recent Recently Regarding
  Relying Remarkably Results Roughly Second Secondly Several She Similar Similarly Simulations Simultaneously Since So
  Some Sometimes Specifically Starting Still Subsequently Such Suppose Surprisingly Taken Taking Thanks That The Their
  Then Theoretically There Thereafter Thereby Therefore These They Third Thirdly This Those Though Three Through
  Throughout Thus To Together Towards Traditional Traditionally Two Typically Ultimately Under Unfortunately Unless
  Unlike Until Upon Using Usually Utilizing Various Very Via We What When Whenever Where Whereas Whether Which While Who
  Why With Within Without Working Yet You
`);

/** Names that end in an exclamation or question mark. */
export const MARKED_NAMES = words("Yahoo! Jeopardy! Yelp! Kahoot! Which? Wham! Go! Jump! ICE!");
