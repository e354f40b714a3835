/** The register as plain JavaScript, for processes that a test starts and kills: Node does not load TypeScript. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface CompiledRegister {
  /** URL of the module that exports `openRegister`. */
  openUrl: string;
  remove: () => Promise<void>;
}

/** Compiles today's source, not what the last build left in `dist/`. It lies below the top, where packages are found. */
export async function compileRegister(): Promise<CompiledRegister> {
  const cache = path.join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'register-'));
  for (const room of ['register', 'rules']) await compileRoom(room, folder);
  await cp(path.join(root, 'register/migrations'), path.join(folder, 'register/migrations'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return {
    openUrl: pathToFileURL(path.join(folder, 'register/open.js')).href,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function compileRoom(room: string, folder: string): Promise<void> {
  const files = await readdir(path.join(root, room), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(path.join(root, room, file), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    const target = path.join(folder, room, file.replace(/\.ts$/, '.js'));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}
