/** Terms of a name where there is little room. */
const SHORT = 2;

/** What a group is called: its first terms. Empty where no term tells it from the others. */
export function groupName(terms: readonly string[], most = SHORT): string {
  return terms.slice(0, most).join(" · ");
}
