export function Headline({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="headline">
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}
