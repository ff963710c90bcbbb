export function CorrectPage() {
  return <h1>Corrections</h1>;
}
