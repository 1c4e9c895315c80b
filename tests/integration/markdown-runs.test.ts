/** The suite of trackers against an epic with its stories, several epics in a file with CRLF, and a folder with a file per story. */
import { markdownContract } from '../platforms/markdown/variants.ts';

markdownContract('Markdown with fields in tables');
markdownContract('Markdown with fields in lines, with several epics');
markdownContract('a folder of Markdown stories');
