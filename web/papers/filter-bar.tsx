import type { Facets, PaperFilter, PaperOrder } from "../../src/protocol.ts";
import type { PapersSearch } from "./papers-search.ts";

/** Values that a list of them offers. */
const OFFERED = 100;

interface Props {
  readonly search: PapersSearch;
  readonly facets: Facets | undefined;
  readonly onChange: (part: Partial<PapersSearch>) => void;
}

/** By what the papers can be narrowed, as far as their records say, and in which order they stand. */
export function FilterBar({ search, facets, onChange }: Props) {
  const { filter, corpus, sort } = search;
  const narrow = (part: Partial<PaperFilter>) => {
    const kept = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined);
    onChange({ filter: Object.fromEntries(kept) as PaperFilter });
  };
  const year = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  const one = (value: string | undefined) => (value === undefined ? undefined : [value]);
  const isNarrowed = Object.keys(filter).length > 0 || corpus !== undefined;
  const { years = [], venues = [], authors = [], tags = [], corpora = [], sources = [] } = facets ?? {};
  // Where none has a name of its own, the files are the corpora.
  const named = corpora.length > 0 ? corpora : sources.length > 1 ? sources : [];
  return (
    <div className="papers-filters">
      <Choice
        name="From"
        all="Any year"
        chosen={filter.yearFrom}
        values={years}
        onChoose={(value) => narrow({ yearFrom: year(value) })}
      />
      <Choice
        name="To"
        all="Any year"
        chosen={filter.yearTo}
        values={years}
        onChoose={(value) => narrow({ yearTo: year(value) })}
      />
      <Choice
        name="Venue"
        all="Any venue"
        chosen={filter.venue}
        values={venues}
        onChoose={(value) => narrow({ venue: value })}
      />
      <Choice
        name="Author"
        all="Anyone"
        chosen={filter.authors?.[0]}
        values={authors}
        onChoose={(value) => narrow({ authors: one(value) })}
      />
      <Choice
        name="Tag"
        all="Any tag"
        chosen={filter.tags?.[0]}
        values={tags}
        onChoose={(value) => narrow({ tags: one(value) })}
      />
      <Choice
        name="Corpus"
        all="All of them"
        chosen={corpus}
        values={named}
        onChoose={(value) => onChange({ corpus: value })}
      />
      <label className="choice">
        <span>Sort</span>
        <select
          aria-label="Sort"
          value={sort}
          onChange={({ target }) => onChange({ sort: target.value as PaperOrder })}
        >
          <option value="relevance">Relevance</option>
          <option value="year">Newest first</option>
          <option value="title">Title</option>
        </select>
      </label>
      {isNarrowed ? (
        <button type="button" className="button" onClick={() => onChange({ filter: {}, corpus: undefined })}>
          Clear filters
        </button>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  /** What it is called where nothing is chosen. */
  readonly all: string;
  readonly chosen: string | number | undefined;
  readonly values: Facets["years"];
  readonly onChoose: (value: string | undefined) => void;
}

function Choice({ name, all, chosen, values, onChoose }: ChoiceProps) {
  if (values.length === 0 && chosen === undefined) return null;
  const shown = String(chosen ?? "");
  const offered = values.slice(0, OFFERED);
  return (
    <label className="choice">
      <span>{name}</span>
      <select
        aria-label={name}
        value={shown}
        onChange={({ target }) => onChoose(target.value === "" ? undefined : target.value)}
      >
        <option value="">{all}</option>
        {shown !== "" && !offered.some(({ value }) => value === shown) ? <option>{shown}</option> : null}
        {offered.map(({ value, papers }) => (
          <option key={value} value={value}>
            {value} ({papers})
          </option>
        ))}
      </select>
    </label>
  );
}
