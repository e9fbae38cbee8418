namespace Dataverse.Sync.Testing.Emulation;

internal sealed class PlainStringSemantics(StringComparison comparison) : StringSemantics
{
    public override int Compare(string left, string right) => string.Compare(left, right, comparison);

    public override bool Contains(string text, string search) => text.Contains(search, comparison);

    public override bool StartsWith(string text, string search) => text.StartsWith(search, comparison);

    public override bool EndsWith(string text, string search) => text.EndsWith(search, comparison);
}
