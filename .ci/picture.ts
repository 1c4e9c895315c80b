/**
 * Makes `docs/summary.png`: the real summary of the example sprint's first day, rendered as GitHub renders it. Needs Chromium.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marked } from 'marked';

const STYLE = `
  body { font: 15px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif, "Noto Color Emoji"; color: #1f2328; margin: 0; padding: 24px 32px; width: 900px; }
  h1 { font-size: 28px; border-bottom: 1px solid #d1d9e0; padding-bottom: 8px; margin: 0 0 16px; }
  h2 { font-size: 20px; border-bottom: 1px solid #d1d9e0; padding-bottom: 6px; }
  blockquote { margin: 0 0 16px; padding: 0 14px; border-left: 4px solid #d1d9e0; color: #59636e; }
  table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 12px; text-align: left; }
  tr:nth-child(2n) { background: #f6f8fa; } code { background: #eff1f3; border-radius: 5px; padding: 2px 5px; font-size: 85%; }`;

const root = join(import.meta.dirname, '..');
const sprint = mkdtempSync(join(tmpdir(), 'pace-picture-'));
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=PACE', '-c', 'user.email=demo@example.invalid', ...args], {
    cwd: sprint,
    stdio: 'ignore',
  });

try {
  cpSync(join(root, 'examples', 'sprint'), sprint, { recursive: true });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Put hats into the cart');
  spawnSync(process.execPath, [join(root, 'dist', 'index.js'), 'gate', '--day', '1'], {
    cwd: sprint,
    env: { PATH: process.env['PATH'] },
  });
  const summary = await marked.parse(readFileSync(join(sprint, 'pace-summary.md'), 'utf8'));
  const page = join(sprint, 'page.html');
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${summary}`);
  execFileSync('chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1.5',
    '--window-size=970,900', `--screenshot=${join(root, 'docs', 'summary.png')}`, `file://${page}`,
  ], { stdio: 'ignore', timeout: 60_000 }); // biome-ignore format: one flag after the other
} finally {
  rmSync(sprint, { recursive: true, force: true });
}
