/** English function words and the words with which questions are asked: they say nothing about what is asked for. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both
  but by can cannot could did do does doing don down during each few for from further had has have having he her here
  hers him his how i if in into is it its itself just let me more most my myself no nor not of off on once only or
  other our ours out over own same she should so some such than that the their theirs them then there these they this
  those through to too under until up us very was we were what when where which while who whom why will with would you
  your yours yes`.split(/\s+/),
);
