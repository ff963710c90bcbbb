export function SamplePage() {
  return <h1>Sample</h1>;
}
