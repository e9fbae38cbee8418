// What every .NET program pays before it does anything: the measure of the library's own start.
return;
