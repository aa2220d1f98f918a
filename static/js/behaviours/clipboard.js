// A block of cells as spreadsheets put it on the clipboard: tabs and line breaks, quotes around what holds them.
export function block(text) {
  const lines = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place += 1) {
    const character = source[place];
    const line = lines.at(-1);
    if (quoted) {
      if (character === '"' && source[place + 1] === '"') (line[line.length - 1] += '"'), (place += 1);
      else if (character === '"') quoted = false;
      else line[line.length - 1] += character;
    } else if (character === '"' && line.at(-1) === "") quoted = true;
    else if (character === "\t") line.push("");
    else if (character === "\n") lines.push([""]);
    else line[line.length - 1] += character;
  }
  return lines;
}
