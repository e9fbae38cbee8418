using System.Runtime.Serialization;

namespace Dataverse.Sync.Tests.Shapes;

/// <summary>A member of every type that fields can hold.</summary>
[SyncTable("everything")]
internal sealed record Everything
{
    [SyncId]
    public Guid Id { get; init; }

    public string? Text { get; init; }

    public string RequiredText { get; init; } = string.Empty;

    public bool Flag { get; init; }

    public bool? OptionalFlag { get; init; }

    public byte Byte { get; init; }

    public short Short { get; init; }

    public int Number { get; init; }

    public long? Long { get; init; }

    public decimal Amount { get; init; }

    public decimal? OptionalAmount { get; init; }

    public Guid Identifier { get; init; }

    [SyncField("owner", ReferencedTable = "systemuser")]
    public Guid? OwnerId { get; init; }

    public DateOnly Date { get; init; }

    public DateOnly? OptionalDate { get; init; }

    public DateTimeOffset Instant { get; init; }

    public DateTime? OptionalTime { get; init; }

    public Rating Rating { get; init; }

    public Rating? OptionalRating { get; init; }

    public FieldValue Raw { get; init; }

    [SyncIgnore]
    public Uri? Ignored { get; init; }
}

internal enum Rating
{
    [EnumMember(Value = "Not Rated")]
    None = 0,

    Good = 100_000_001,

    Poor = -3,
}
