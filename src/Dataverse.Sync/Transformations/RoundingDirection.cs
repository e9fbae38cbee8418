namespace Dataverse.Sync;

/// <summary>Specifies to which multiple of its precision a <see cref="RoundRule"/> rounds a number.</summary>
public enum RoundingDirection
{
    /// <summary>To the nearest one, halves away from zero. Business Central: =.</summary>
    Nearest,

    /// <summary>To the one that is not closer to zero. Business Central: &gt;.</summary>
    Up,

    /// <summary>To the one that is not farther from zero. Business Central: &lt;.</summary>
    Down,
}
