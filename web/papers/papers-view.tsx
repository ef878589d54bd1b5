export function PapersView() {
  return <h1>Papers</h1>;
}
