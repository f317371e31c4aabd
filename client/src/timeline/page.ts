import { env, Uri, type Webview } from 'vscode';

/** The page of the view: nothing may be loaded but its own script and style, and no other script runs. */
export function timelinePage(webview: Webview, folder: Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Capacity timeline</title>
<link rel="stylesheet" href="${file('timeline.css')}">
</head>
<body>
<script nonce="${nonce}" src="${file('timeline.js')}"></script>
</body>
</html>`;
}
