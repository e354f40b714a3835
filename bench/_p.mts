import { openRegister } from '../register/open.js';
const register = await openRegister({ databaseUrl: process.argv[2]! });
const med = (x: number[]) => x.sort((a, b) => a - b)[x.length >> 1];
for (const limit of [100, 1000]) {
  const t: number[] = [];
  for (let i = 0; i < 200; i++) { const s = performance.now(); await register.list({ limit, includeRehearsals: false }); t.push(performance.now() - s); }
  console.log(limit, med(t));
}
await register.close();
