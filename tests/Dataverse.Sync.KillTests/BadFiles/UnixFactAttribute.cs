namespace Dataverse.Sync.KillTests;

/// <summary>A fact that needs a shell with <c>ulimit</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows cannot limit the size of a process's files.";
        }
    }
}
