namespace Dataverse.Sync.HttpHarness;

/// <summary>Whether a value on one side is a copy of a value on the other, by what each side can hold.</summary>
internal static class Copies
{
    /// <summary>Whether both sides agree on a field.</summary>
    public static bool Agree(FieldPair field, object? local, object? integration) =>
        IsCopy(field, SyncSide.Integration, local, integration) || IsCopy(field, SyncSide.Local, integration, local);

    /// <summary>Whether the target holds what it can hold of the source.</summary>
    public static bool IsCopy(FieldPair field, SyncSide target, object? source, object? copy) => field.Form switch
    {
        FieldForm.Number => IsNumberCopy(field, target, (source as decimal?) ?? 0m, (copy as decimal?) ?? 0m),
        FieldForm.Instant => IsInstantCopy(field, target, source as DateTimeOffset?, copy as DateTimeOffset?),
        FieldForm.Text => IsTextCopy(Normal(source), Normal(copy), field.LengthOn(target)),
        _ => Equals(source, copy),
    };

    /// <summary>Whether two values of one side are the same to the last digit.</summary>
    public static bool IsSame(FieldPair field, object? one, object? other) =>
        Equals(one, other) || (field.Form == FieldForm.Number && ((one as decimal?) ?? 0m) == ((other as decimal?) ?? 0m));

    private static bool IsNumberCopy(FieldPair field, SyncSide target, decimal source, decimal copy) =>
        target == SyncSide.Local
            ? source == copy
            : Math.Abs(source - copy) <= Half(field.Scale) && decimal.Round(copy, field.Scale) == copy;

    private static bool IsInstantCopy(FieldPair field, SyncSide target, DateTimeOffset? source, DateTimeOffset? copy) =>
        source is { } from && copy is { } to
            ? (target == SyncSide.Local && from == to) || (target == SyncSide.Integration && (from - to).Duration() < field.Resolution)
            : source is null && copy is null;

    private static bool IsTextCopy(string source, string copy, int length) =>
        source.Length <= length ? source == copy : source[..length].TrimEnd() == copy;

    private static string Normal(object? text) =>
        ((text as string) ?? string.Empty).ReplaceLineEndings("\n").TrimEnd();

    private static decimal Half(int scale) => 0.5m / (decimal)Math.Pow(10, scale);
}
