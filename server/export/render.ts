import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { DocumentImprime } from './assemble.ts';
import { FAMILLES, POLICE_DU_COMPILATEUR, readFont } from './fonts.ts';
import { TEMPLATE } from './template.ts';

export interface RenderOptions {
	/** Seconds since 1970, for the file's own date. */
	date: number;
}

export interface Rendu {
	pdf: Uint8Array<ArrayBuffer>;
	pages: number;
	/** The page of each heading that the contents name, in their order. */
	titres: number[];
}

/** Lays a document out as an accessible PDF (PDF/UA-1). Takes hundreds of milliseconds: for a worker. */
export function renderPdf(document: DocumentImprime, { date }: RenderOptions): Rendu {
	const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles() }], workspace: '/' });
	const polices = [...FAMILLES.map(({ nom }) => nom), POLICE_DU_COMPILATEUR];
	compiler.addSource('/document.typ', TEMPLATE);
	const { fichiers = [], ...rest } = document;
	for (const { chemin, base64 } of fichiers) compiler.mapShadow(chemin, Buffer.from(base64, 'base64'));
	compiler.mapShadow('/document.json', Buffer.from(JSON.stringify({ ...rest, polices })));
	const compiled = compiler.compile({ mainFilePath: '/document.typ' });
	const { result } = compiled;
	if (!result) throw new Error(`Typst: ${diagnosticsOf(compiler, compiled.takeError())}`);
	const [titres = []] = compiler.query(result, { selector: '<pages>', field: 'value' }) as number[][];
	const pdf = compiler.pdf(result, { pdfStandard: 'ua-1', creationTimestamp: date });
	// Its cache belongs to the whole process, and would grow by 50 MB with each export.
	compiler.evictCache(0);
	return { pdf: new Uint8Array(pdf), pages: result.numOfPages, titres };
}

type Failure = Parameters<NodeCompiler['fetchDiagnostics']>[0];

function diagnosticsOf(compiler: NodeCompiler, failure: Failure | null): string {
	return failure === null ? 'no document' : JSON.stringify(compiler.fetchDiagnostics(failure));
}

let files: Buffer[] | undefined;

function fontFiles(): Buffer[] {
	return (files ??= FAMILLES.flatMap(({ fichiers }) => fichiers.map(readFont)));
}
