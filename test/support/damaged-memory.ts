import { execFileSync, spawnSync } from 'node:child_process';
import { readOnnx } from '../../src/inference/onnx/onnx-file.ts';
import type { Need } from './needs.ts';

/** Overwrites what stands in the memory of a process, wherever its writable pages hold one of the patterns (process_vm_writev(2)). */
const program = `
import ctypes, json, sys
class Piece(ctypes.Structure): _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
libc = ctypes.CDLL(None, use_errno=True)
pid, patterns = int(sys.argv[1]), [bytes.fromhex(p) for p in json.load(sys.stdin)]
written = 0
def write(at, data):
    source = ctypes.create_string_buffer(data, len(data))
    here, there = Piece(ctypes.addressof(source), len(data)), Piece(at, len(data))
    if libc.process_vm_writev(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) != len(data):
        raise OSError(ctypes.get_errno(), "process_vm_writev")
with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
    for line in maps:
        if " rw-p " not in line: continue
        start, end = (int(x, 16) for x in line.split()[0].split("-"))
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except (OSError, ValueError, OverflowError): continue
        for pattern in patterns:
            at = content.find(pattern)
            while at >= 0:
                write(start + at, bytes(255 - b for b in pattern))
                written += 1
                at = content.find(pattern, at + len(pattern))
print(written)
`;

/** Whether a process may write into the memory of another. */
export const ofOthersMemory: Need = {
  isMet: spawnSync('python3', ['-c', 'import ctypes; ctypes.CDLL(None).process_vm_writev']).status === 0,
  what: 'python3, and a system with process_vm_writev(2)',
};

/** Bytes of a constant that stand nowhere else by chance, as zeros would. */
const PATTERN_BYTES = 64;
const UNLIKE_BYTES = 16;
/** Of the end of the network: looking for all of them takes minutes. */
const CONSTANTS = 8;

/** Turns over the bits of some of a network's constants in a process that has it open, as failing memory does. */
export async function damageNetworkInMemory(pid: number, file: string): Promise<void> {
  const { graph } = await readOnnx(file);
  const patterns = (graph?.initializer ?? [])
    .map(({ rawData }) => rawData.subarray(0, PATTERN_BYTES))
    .filter((bytes) => bytes.length === PATTERN_BYTES && new Set(bytes).size >= UNLIKE_BYTES)
    .slice(-CONSTANTS)
    .map((bytes) => Buffer.from(bytes).toString('hex'));
  const words = ['-c', program, String(pid)];
  const written = execFileSync('python3', words, { input: JSON.stringify(patterns), encoding: 'utf8' });
  if (Number(written) === 0) throw new Error(`no constant of ${file} is in the memory of process ${pid}`);
}
