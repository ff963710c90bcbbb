/** What onnxruntime says first or in between for its own developers: a source line and a function's whole signature. */
const FOR_DEVELOPERS = [/^Load model from .*? failed:/s, /\S*onnxruntime\S*\.(?:cc|h):\d+ .*?\) (?=[A-Z])/s];

/** Why a network file cannot be loaded and what to do, from what onnxruntime says. */
export function loadFault(said: string): string {
  const plain = FOR_DEVELOPERS.reduce((text, pattern) => text.replace(pattern, ''), said)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const newerOpset = /Opset (\d+) is under development.* till opset (\d+)/.exec(plain);
  if (newerOpset) {
    return `is of ONNX opset ${newerOpset[1]}, and ${newerOpset[2]} is the newest that can be read; export it with an older opset`;
  }
  const newerFormat = /IR version: (\d+), max supported IR version: (\d+)/.exec(plain);
  if (newerFormat) {
    return `is of ONNX format ${newerFormat[1]}, and ${newerFormat[2]} is the newest that can be read; export it with an older onnx`;
  }
  const missing = /No Op registered for (\S+) with domain_version of (\d+)/.exec(plain);
  if (missing) {
    return `uses the operator ${missing[1]}, which its opset ${missing[2]} does not have; export it with another opset`;
  }
  if (/Protobuf parsing failed|does not have a graph/.test(plain)) {
    return 'is no ONNX network or not all of one; copy or export it again';
  }
  return `cannot be loaded by onnxruntime: ${plain.replace(/\.$/, '')}`;
}
