namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>A field that customers have on both sides, and how its values are made.</summary>
/// <param name="Local">Its name on the local side.</param>
/// <param name="Integration">Its name on the integration side.</param>
/// <param name="Text">Makes the text of the record of a number; null for an amount.</param>
internal sealed record CustomerField(string Local, string Integration, Func<int, string>? Text = null)
{
    private const int MaxLength = 100;

    public FieldSchema SchemaOn(SyncSide side) => new()
    {
        Name = side == SyncSide.Local ? Local : Integration,
        Type = Text is null ? FieldType.Decimal : FieldType.Text,
        MaxLength = Text is null ? null : MaxLength,
    };

    public FieldValue ValueOf(int number) => Text is null ? FieldValue.Decimal(number % 100 * 1_000m) : FieldValue.Text(Text(number));
}
