import { createRequire } from 'node:module';
const r=createRequire(import.meta.url);
const c=process.cpuUsage();
if (process.argv[3]==='req') r(process.argv[2]); else await import(process.argv[2]);
const d=process.cpuUsage(c);console.log((d.user+d.system)/1e3);
