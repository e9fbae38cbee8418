namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class DateTimeBehavior : ConstantsBase<string>
{
    public static readonly DateTimeBehavior UserLocal = new() { Value = "UserLocal" };
    public static readonly DateTimeBehavior DateOnly = new() { Value = "DateOnly" };
    public static readonly DateTimeBehavior TimeZoneIndependent = new() { Value = "TimeZoneIndependent" };

    public static implicit operator DateTimeBehavior(string behavior) => new() { Value = behavior };

    public static bool operator ==(DateTimeBehavior behaviorA, DateTimeBehavior behaviorB) =>
        behaviorA?.Value == behaviorB?.Value;

    public static bool operator !=(DateTimeBehavior behaviorA, DateTimeBehavior behaviorB) =>
        !(behaviorA == behaviorB);

    public override bool Equals(object obj) => obj is DateTimeBehavior other && this == other;

    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
