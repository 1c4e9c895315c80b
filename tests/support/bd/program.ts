import { bd } from '../bd.ts';
import { playStandIn } from '../stand-in-file.ts';

playStandIn(bd);
