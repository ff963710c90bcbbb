export function SamplesPage() {
  return <h1>Samples</h1>;
}
