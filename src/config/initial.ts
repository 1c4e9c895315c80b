import type { World } from '../../platforms/world.ts';
export async function initialConfig(_world: World): Promise<{ text: string; because: string }> {
  return { text: '', because: '' };
}
