export interface FeiParts {
  label?: string;
  displayWidth?: string;
  pixelWidth?: string;
  pixelHeight?: string;
  databarHeight?: string;
  position?: string;
  more?: string;
}

/** A FeiImage document as short as a Phenom's may be: 10 nm pixels at stage (3.5 um, 31.5 um). */
export function feiXml(parts: FeiParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<FeiImage xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  ${parts.databarHeight ?? '<databarHeight>0</databarHeight>'}
  <databarLabel>${parts.label ?? 'powder A'}</databarLabel>
  ${parts.displayWidth ?? '<displayWidth>0</displayWidth>'}
  ${parts.pixelWidth ?? '<pixelWidth unit="nm">10</pixelWidth>'}
  ${parts.pixelHeight ?? '<pixelHeight unit="nm">10</pixelHeight>'}
  ${parts.position ?? '<samplePosition><x>3.5e-06</x><y>31.5e-06</y></samplePosition>'}
  ${parts.more ?? ''}
</FeiImage>
`;
}
