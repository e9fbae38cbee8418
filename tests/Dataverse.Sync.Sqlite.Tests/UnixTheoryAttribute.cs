namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A theory about what Unix allows and Windows refuses.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows does not allow it.";
        }
    }
}
