/**
 * onnxruntime 1.29 and later report each session to Microsoft over HTTPS and keep an identifier of the user in
 * ~/.cache, unless this variable is there before the library is loaded (its docs/Privacy.md). Whoever imports
 * onnxruntime imports this first; also a value that somebody else has set is overridden.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
