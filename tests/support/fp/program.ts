import { fp } from '../fp.ts';
import { playStandIn } from '../stand-in-file.ts';

playStandIn(fp);
